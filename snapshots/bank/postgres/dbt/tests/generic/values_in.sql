{% test values_in(model, column_name, values, data_type=none) %}

select
    {{ column_name }} as unexpected_value,
    count(*) as row_count
from {{ model }}
where {{ column_name }} not in (
    {%- for value in values %}
    {{ sql_literal(value, data_type) }}{{ ',' if not loop.last }}
    {%- endfor %}
)
group by {{ column_name }}

{% endtest %}
