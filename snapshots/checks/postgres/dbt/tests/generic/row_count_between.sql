{% test row_count_between(model, minimum=none, maximum=none) %}

with

counted as (

    select count(*) as row_count
    from {{ model }}

)

select row_count
from counted
where
    false
    {%- if minimum is not none %}
    or row_count < {{ minimum }}
    {%- endif %}
    {%- if maximum is not none %}
    or row_count > {{ maximum }}
    {%- endif %}

{% endtest %}
