{% test same_in_all_versions(model, member, columns) %}

with

counted as (

    select
        {{ member }},
        count(*) as versions
        {%- for column in columns %},
        count(distinct {{ column }}) as values_{{ loop.index }},
        count({{ column }}) as filled_{{ loop.index }}
        {%- endfor %}
    from {{ model }}
    group by {{ member }}

)

select *
from counted
where
    {%- for column in columns %}
    {%- if not loop.first %}
    or {%- endif %} values_{{ loop.index }} > 1
    or (values_{{ loop.index }} = 1 and filled_{{ loop.index }} < versions)
    {%- endfor %}

{% endtest %}
