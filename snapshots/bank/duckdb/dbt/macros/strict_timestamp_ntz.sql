{% macro strict_timestamp_ntz(value) -%}
case
    when regexp_matches(cast({{ value }} as varchar), '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-5][0-9]([.][0-9]{1,6})?)?)?$')
        then cast(cast({{ value }} as varchar) as timestamp)
    else cast('not of type timestamp_ntz: ' || cast({{ value }} as varchar) as timestamp)
end
{%- endmacro %}
