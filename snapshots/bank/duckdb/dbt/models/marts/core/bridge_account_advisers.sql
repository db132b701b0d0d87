with

account_advice as (

    select * from {{ ref('dim_account_advice') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

adviser as (

    select * from {{ ref('dim_adviser') }}

),

groups as (

    select distinct
        account_durable_key,
        account_id
    from account

),

memberships as (

    select
        account_id as group_account_id,
        adviser_code as member_adviser_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        cast(share_percent / 100 as double) as weight
    from account_advice
    where
        account_id is not null
        and adviser_code is not null

),

starts as (

    select
        group_account_id,
        valid_from as starts_at
    from memberships

    union all

    select
        group_account_id,
        valid_to as starts_at
    from memberships
    where valid_to < cast('9999-12-31' as timestamp)

    union all

    select
        memberships.group_account_id,
        adviser.valid_from as starts_at
    from memberships
    inner join adviser
        on memberships.member_adviser_code = adviser.adviser_code
        and memberships.valid_from < adviser.valid_from
        and memberships.valid_to > adviser.valid_from

),

kept as (

    select distinct
        group_account_id,
        starts_at
    from starts

),

spans as (

    select
        group_account_id,
        starts_at,
        lead(starts_at) over (
            partition by group_account_id
            order by starts_at
        ) as ends_at,
        row_number() over (
            partition by group_account_id
            order by starts_at
        ) as span_number
    from kept

),

shared as (

    select
        groups.account_durable_key,
        case
            when groups.account_durable_key = '-2' then '-2'
            else coalesce(adviser.adviser_key, '-1')
        end as adviser_key,
        case
            when spans.span_number > 1 then spans.starts_at
            else least(coalesce(spans.starts_at, cast('1900-01-01' as timestamp)), cast('1900-01-01' as timestamp))
        end as valid_from,
        coalesce(spans.ends_at, cast('9999-12-31' as timestamp)) as valid_to,
        case
            when memberships.group_account_id is null then cast(1 as double)
            else memberships.weight
        end as weighting_factor
    from groups
    left join spans
        on groups.account_id = spans.group_account_id
    left join memberships
        on spans.group_account_id = memberships.group_account_id
        and spans.starts_at >= memberships.valid_from
        and spans.starts_at < memberships.valid_to
    left join adviser
        on memberships.member_adviser_code = adviser.adviser_code
        and spans.starts_at >= adviser.valid_from
        and spans.starts_at < coalesce(adviser.valid_to, cast('9999-12-31' as timestamp))

),

final as (

    select
        account_durable_key,
        adviser_key,
        valid_from,
        valid_to,
        sum(weighting_factor) as weighting_factor
    from shared
    group by 1, 2, 3, 4

)

select * from final
