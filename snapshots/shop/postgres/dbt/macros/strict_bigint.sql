{% macro strict_bigint(value) -%}
case
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+$'
        then cast(cast({{ value }} as text) as bigint)
    when cast({{ value }} as text) ~ '^[+-]?[0-9]+[.]0+$'
        then cast(split_part(cast({{ value }} as text), '.', 1) as bigint)
    else cast('not of type bigint: ' || cast({{ value }} as text) as bigint)
end
{%- endmacro %}
