{% test no_overlapping_versions(model, member) %}

with

ordered as (

    select
        {{ member }},
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by {{ member }}
            order by valid_from
        ) as next_valid_from
    from {{ model }}

)

select *
from ordered
where
    next_valid_from < valid_to
    or (next_valid_from is not null and valid_to is null)

{% endtest %}
