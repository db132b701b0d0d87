{% test few_departures(model, key, snapshot, snapshot_schema, share) %}

{#- Not ref(): the question must be asked before the snapshot runs. -#}
{%- set history = none -%}
{%- if execute and not var('allow_mass_deletes', false) -%}
    {%- set history = adapter.get_relation(
        database=target.database,
        schema=generate_schema_name(snapshot_schema, none) | trim,
        identifier=snapshot
    ) -%}
{%- endif -%}

{%- if history is none %}

select 0 as members
where false

{%- else %}

with

known as (

    select {{ key }}
    from {{ history }}
    where dbt_valid_to is null

),

departed as (

    select known.{{ key }}
    from known
    left join {{ model }} as seen
        on known.{{ key }} = seen.{{ key }}
    where seen.{{ key }} is null

),

counted as (

    select
        (select count(*) from known) as members,
        (select count(*) from departed) as departures

)

select *
from counted
where
    departures > 0
    and departures >= {{ share }} * members
    and (departures >= 10 or departures = members)

{%- endif %}

{% endtest %}
