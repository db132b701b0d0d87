{% test value_in_range(model, column_name, minimum=none, maximum=none, data_type=none) %}

select {{ column_name }} as unexpected_value
from {{ model }}
where
    false
    {%- if minimum is not none %}
    or {{ column_name }} < {{ sql_literal(minimum, data_type) }}
    {%- endif %}
    {%- if maximum is not none %}
    or {{ column_name }} > {{ sql_literal(maximum, data_type) }}
    {%- endif %}

{% endtest %}
