{% macro strict_bigint(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+$')
        then cast(cast({{ value }} as varchar) as bigint)
    when regexp_matches(cast({{ value }} as varchar), '^[+-]?[0-9]+[.]0+$')
        then cast(split_part(cast({{ value }} as varchar), '.', 1) as bigint)
    else cast('not of type bigint: ' || cast({{ value }} as varchar) as bigint)
end
{%- endmacro %}
