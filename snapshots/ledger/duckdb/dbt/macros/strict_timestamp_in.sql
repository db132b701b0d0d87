{% macro strict_timestamp_in(value, zone) -%}
case
    when typeof({{ value }}) = 'TIMESTAMP'
        then cast({{ value }} as timestamp) at time zone '{{ zone }}' at time zone 'UTC'
    when typeof({{ value }}) = 'TIMESTAMP WITH TIME ZONE'
        then cast({{ value }} as timestamptz) at time zone 'UTC'
    when regexp_matches(cast({{ value }} as varchar), '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-5][0-9]([.][0-9]{1,6})?)?)?$')
        then cast(cast({{ value }} as varchar) as timestamp) at time zone '{{ zone }}' at time zone 'UTC'
    when regexp_matches(cast({{ value }} as varchar), '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-5][0-9]([.][0-9]{1,6})?(Z|[+-][0-9]{2}(:?[0-9]{2}|:[0-9]{2}:[0-9]{2})?)$')
        then cast(cast({{ value }} as varchar) as timestamptz) at time zone 'UTC'
    else cast('not a timestamp: ' || cast({{ value }} as varchar) as timestamp)
end
{%- endmacro %}
