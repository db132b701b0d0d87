{% macro try_integer(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+$')
        then try_cast(cast({{ value }} as varchar) as integer)
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+[.]0+$')
        then try_cast(split_part(cast({{ value }} as varchar), '.', 1) as integer)
end
{%- endmacro %}
