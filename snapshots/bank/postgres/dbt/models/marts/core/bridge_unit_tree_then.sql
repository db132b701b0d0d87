with recursive

unit as (

    select * from {{ ref('dim_unit') }}

),

versions as (

    select
        unit_durable_key as member_key,
        unit_key,
        unit_code,
        parent_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to
    from unit

),

parents as (

    select
        child.member_key,
        parent.member_key as parent_key,
        greatest(child.valid_from, parent.valid_from) as valid_from,
        least(child.valid_to, parent.valid_to) as valid_to
    from versions as child
    inner join versions as parent
        on child.parent_code = parent.unit_code
        and child.member_key <> parent.member_key
        and child.unit_code is not null
        and child.valid_from < parent.valid_to
        and child.valid_to > parent.valid_from

),

walked as (

    select
        member_key,
        member_key as ancestor_key,
        valid_from,
        valid_to
    from versions
    union distinct
    select
        walked.member_key,
        parents.parent_key as ancestor_key,
        greatest(walked.valid_from, parents.valid_from) as valid_from,
        least(walked.valid_to, parents.valid_to) as valid_to
    from walked
    inner join parents
        on walked.ancestor_key = parents.member_key
        and walked.valid_from < parents.valid_to
        and walked.valid_to > parents.valid_from

),

starts as (

    select
        member_key,
        valid_from as starts_at
    from walked

    union all

    select
        member_key,
        valid_to as starts_at
    from walked
    where valid_to < cast('9999-12-31' as timestamp)

    union all

    select
        parent_key as member_key,
        valid_from as starts_at
    from parents

    union all

    select
        parent_key as member_key,
        valid_to as starts_at
    from parents
    where valid_to < cast('9999-12-31' as timestamp)

),

kept as (

    select distinct
        member_key,
        starts_at
    from starts

),

spans as (

    select
        member_key,
        starts_at,
        lead(starts_at) over (
            partition by member_key
            order by starts_at
        ) as ends_at
    from kept

),

joined as (

    select distinct
        spans.member_key,
        spans.starts_at,
        spans.ends_at,
        walked.ancestor_key
    from spans
    inner join walked
        on spans.member_key = walked.member_key
        and spans.starts_at >= walked.valid_from
        and spans.starts_at < walked.valid_to

),

levels as (

    select
        joined.member_key,
        joined.starts_at,
        joined.ends_at,
        joined.ancestor_key,
        count(distinct walked.ancestor_key) as level
    from joined
    inner join walked
        on joined.ancestor_key = walked.member_key
        and joined.starts_at >= walked.valid_from
        and joined.starts_at < walked.valid_to
    group by 1, 2, 3, 4

),

above as (

    select distinct
        spans.member_key,
        spans.starts_at
    from spans
    inner join parents
        on spans.member_key = parents.parent_key
        and spans.starts_at >= parents.valid_from
        and spans.starts_at < parents.valid_to

),

final as (

    select
        levels.member_key as descendant_unit_durable_key,
        versions.unit_key as ancestor_unit_key,
        levels.starts_at as valid_from,
        coalesce(levels.ends_at, cast('9999-12-31' as timestamp)) as valid_to,
        own.level - levels.level as depth,
        levels.level as ancestor_level,
        levels.level = 1 as is_top,
        above.member_key is null as is_bottom
    from levels
    inner join versions
        on levels.ancestor_key = versions.member_key
        and levels.starts_at >= versions.valid_from
        and levels.starts_at < versions.valid_to
    inner join levels as own
        on levels.member_key = own.member_key
        and levels.member_key = own.ancestor_key
        and levels.starts_at = own.starts_at
    left join above
        on levels.member_key = above.member_key
        and levels.starts_at = above.starts_at

)

select * from final
