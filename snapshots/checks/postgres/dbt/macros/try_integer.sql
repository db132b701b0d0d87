{% macro try_integer(value) -%}
case
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+$'
        then case when pg_input_is_valid(cast({{ value }} as text), 'integer') then cast(cast({{ value }} as text) as integer) end
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+[.]0+$'
        then case when pg_input_is_valid(split_part(cast({{ value }} as text), '.', 1), 'integer') then cast(split_part(cast({{ value }} as text), '.', 1) as integer) end
end
{%- endmacro %}
