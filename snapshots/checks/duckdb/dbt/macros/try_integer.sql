{% macro try_integer(value) -%}
case when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+$') then try_cast(cast({{ value }} as varchar) as integer) end
{%- endmacro %}
