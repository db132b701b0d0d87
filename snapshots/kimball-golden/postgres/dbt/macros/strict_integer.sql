{% macro strict_integer(value) -%}
case
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+$'
        then cast(cast({{ value }} as text) as integer)
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+[.]0+$'
        then cast(split_part(cast({{ value }} as text), '.', 1) as integer)
    else cast('not of type integer: ' || cast({{ value }} as text) as integer)
end
{%- endmacro %}
