{% macro strict_timestamp(value) -%}
case
    when cast({{ value }} as text) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-5][0-9]([.][0-9]{1,6})?)?)?$'
        then cast(cast({{ value }} as text) as timestamp)
    when cast({{ value }} as text) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-5][0-9]([.][0-9]{1,6})?(Z|[+-][0-9]{2}(:?[0-9]{2}|:[0-9]{2}:[0-9]{2})?)$'
        then cast(cast({{ value }} as text) as timestamptz) at time zone 'UTC'
    else cast('not a timestamp: ' || cast({{ value }} as text) as timestamp)
end
{%- endmacro %}
