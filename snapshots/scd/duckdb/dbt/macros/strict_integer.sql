{% macro strict_integer(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+$')
        then cast(cast({{ value }} as varchar) as integer)
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+[.]0+$')
        then cast(split_part(cast({{ value }} as varchar), '.', 1) as integer)
    else cast('not of type integer: ' || cast({{ value }} as varchar) as integer)
end
{%- endmacro %}
