with

office_changes as (

    select * from {{ ref('int_staff_placed_office_changes_versioned') }}

),

staff_changes as (

    select * from {{ ref('stg_hr__staff_changes') }}

),

events as (

    select
        staff_id,
        office as staff_changes__office,
        changed_at as event_effective_at,
        coalesce(op in ('D'), false) as event_is_delete,
        row_number() over (
            partition by staff_id, changed_at
            order by
                change_id desc nulls last,
                coalesce(op in ('D'), false) desc nulls last,
                op collate "C" desc nulls last,
                staff_name collate "C" desc nulls last,
                office collate "C" desc nulls last,
                region collate "C" desc nulls last,
                title collate "C" desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from staff_changes
    where
        staff_id is not null
        and changed_at is not null

),

timeline as (

    select
        staff_id,
        staff_changes__office,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

office_changes_followed as (

    select
        office,
        floor,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by office
            order by valid_from
        ) as next_valid_from
    from office_changes

),

office_changes_spanned as (

    select
        staff_id,
        staff_changes__office,
        event_effective_at,
        event_is_delete,
        lead(event_effective_at) over (
            partition by staff_id
            order by event_effective_at
        ) as event_ends_at
    from timeline

),

office_changes_cut as (

    select
        spanned.staff_id,
        spanned.staff_changes__office,
        followed.floor as office_changes__floor,
        spanned.event_effective_at,
        spanned.event_is_delete
    from office_changes_spanned as spanned
    left join office_changes_followed as followed
        on spanned.staff_changes__office = followed.office
        and spanned.event_effective_at >= followed.valid_from
        and (spanned.event_effective_at < followed.valid_to or followed.valid_to is null)

    union all

    select
        spanned.staff_id,
        spanned.staff_changes__office,
        followed.floor as office_changes__floor,
        followed.valid_from as event_effective_at,
        spanned.event_is_delete
    from office_changes_spanned as spanned
    inner join office_changes_followed as followed
        on spanned.staff_changes__office = followed.office
        and spanned.event_effective_at < followed.valid_from
        and (spanned.event_ends_at > followed.valid_from or spanned.event_ends_at is null)
    where not spanned.event_is_delete

    union all

    select
        spanned.staff_id,
        spanned.staff_changes__office,
        cast(null as integer) as office_changes__floor,
        followed.valid_to as event_effective_at,
        spanned.event_is_delete
    from office_changes_spanned as spanned
    inner join office_changes_followed as followed
        on spanned.staff_changes__office = followed.office
        and spanned.event_effective_at < followed.valid_to
        and (spanned.event_ends_at > followed.valid_to or spanned.event_ends_at is null)
    where
        not spanned.event_is_delete
        and followed.next_valid_from is distinct from followed.valid_to

),

settled as (

    select
        staff_id,
        staff_changes__office as office,
        office_changes__floor as floor,
        event_effective_at,
        event_is_delete
    from office_changes_cut

),

hashed as (

    select
        staff_id,
        office,
        floor,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["office", "cast(floor as text)"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        staff_id,
        office,
        floor,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by staff_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        staff_id,
        office,
        floor,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by staff_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        staff_id,
        office,
        floor,
        valid_from,
        valid_to
    from spans
    where not is_deleted

)

select * from versions
