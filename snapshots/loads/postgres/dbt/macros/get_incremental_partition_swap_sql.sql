{% macro get_incremental_partition_swap_sql(arg_dict) %}
    {%- set target = arg_dict["target_relation"] -%}
    {%- set increment = arg_dict["temp_relation"] -%}
    {%- set partition, row_key = arg_dict["unique_key"] -%}
    {%- set names = arg_dict["dest_columns"] | map(attribute="name") -%}
    {%- set columns = get_quoted_csv(names) -%}

    delete from {{ target }}
    where
        {{ partition }} in (select {{ partition }} from {{ increment }})
        or (
            {{ partition }} is null
            and exists (
                select 1 from {{ increment }} where {{ partition }} is null
            )
        );

    insert into {{ target }} ({{ columns }})
    select {{ columns }}
    from {{ increment }}
    where {{ row_key }} is not null
{% endmacro %}
