{% test length_between(model, column_name, minimum=none, maximum=none) %}

select {{ column_name }} as unexpected_value
from {{ model }}
where
    false
    {%- if minimum is not none %}
    or length({{ column_name }}) < {{ minimum }}
    {%- endif %}
    {%- if maximum is not none %}
    or length({{ column_name }}) > {{ maximum }}
    {%- endif %}

{% endtest %}
