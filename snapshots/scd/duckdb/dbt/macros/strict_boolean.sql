{% macro strict_boolean(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '(?i)^(true|false|t|f|yes|no|y|n|1|0)$')
        then cast(cast({{ value }} as varchar) as boolean)
    else cast('not of type boolean: ' || cast({{ value }} as varchar) as boolean)
end
{%- endmacro %}
