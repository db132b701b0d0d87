{% test matches_pattern(model, column_name, pattern) %}

select {{ column_name }} as unexpected_value
from {{ model }}
where not (regexp_matches({{ column_name }}, {{ sql_literal(pattern) }}))

{% endtest %}
