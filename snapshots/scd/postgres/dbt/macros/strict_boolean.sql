{% macro strict_boolean(value) -%}
case
    when cast({{ value }} as text) ~ '(?i)^(true|false|t|f|yes|no|y|n|1|0)$'
        then cast(cast({{ value }} as text) as boolean)
    else cast('not of type boolean: ' || cast({{ value }} as text) as boolean)
end
{%- endmacro %}
