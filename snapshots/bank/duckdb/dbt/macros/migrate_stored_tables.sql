{#
    Brings tables that hold what cannot be computed again to the names and types
    that their models have now, before anything is built: each table as a whole
    or not at all. Nothing is dropped.
#}
{% macro migrate_stored_tables() -%}
    {%- if execute and flags.WHICH in ['run', 'build', 'snapshot'] -%}
        {%- for node in graph.nodes.values() -%}
            {%- if node.unique_id in selected_resources
                and node.package_name == project_name
                and node.config.materialized in ['snapshot', 'incremental'] -%}
                {%- set statements = migrate_stored_table(node) | trim -%}
                {%- if statements != '' -%}
                    {%- call statement('migration', auto_begin=true) -%}
                        {{ statements }}
                    {%- endcall -%}
                    {%- do adapter.commit() -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro migrate_stored_table(node) -%}
    {%- set wanted = api.Relation.create(
        database=node.database,
        schema=node.schema,
        identifier=node.alias,
        type='table'
    ) -%}
    {%- set stored = adapter.get_relation(
        node.database, node.schema, node.alias
    ) -%}
    {%- set former_name = node.config.meta.get('renamed_from') -%}
    {%- if stored is none and former_name is not none -%}
        {%- set stored = adapter.get_relation(
            node.database, node.schema, former_name
        ) -%}
        {%- if stored is not none and stored.is_table -%}
            alter table {{ stored }} rename to {{ wanted.include(
                database=false, schema=false
            ) }};
            {%- do adapter.cache_renamed(stored, wanted) -%}
            {%- do log('Renaming ' ~ stored ~ ' to ' ~ wanted, info=true) -%}
        {%- else -%}
            {%- set stored = none -%}
        {%- endif -%}
    {%- endif -%}
    {%- if stored is not none and stored.is_table -%}
        {%- set columns = {} -%}
        {%- for column in adapter.get_columns_in_relation(stored) -%}
            {%- do columns.update({column.name: column}) -%}
        {%- endfor -%}
        {%- set updates = [] -%}
        {%- for column in node.columns.values() -%}
            {{ migrate_stored_column(stored, wanted, columns, column, updates) }}
        {%- endfor -%}
        {{ updates | join }}
    {%- endif -%}
{%- endmacro %}

{#
    `stored` is where the table can be read while the statements are worked out,
    `wanted` where it stands when they run. Whatever fills columns goes to
    `updates`, which run when all columns stand.
#}
{% macro migrate_stored_column(stored, wanted, columns, column, updates) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set former_name = column.config.get('meta', {}).get('renamed_from') -%}
    {%- set present = columns.get(column.name) -%}
    {%- if present is none and columns.get(former_name) is not none -%}
        {%- set present = columns.get(former_name) -%}
        alter table {{ wanted }} rename column {{ present.quoted }} to {{ name }};
        {%- do log(
            'Renaming ' ~ wanted ~ '.' ~ former_name ~ ' to ' ~ column.name,
            info=true
        ) -%}
    {%- elif present is none and column.data_type is not none -%}
        alter table {{ wanted }} add column {{ name }} {{ column.data_type }};
        {%- do log('Adding ' ~ wanted ~ '.' ~ column.name, info=true) -%}
    {%- endif -%}
    {%- if present is not none
        and column.data_type is not none
        and stored_type_differs(present, column.data_type) -%}
        {{ retype_stored_column(
            stored, wanted, present, name, column.data_type, updates
        ) }}
    {%- endif -%}
{%- endmacro %}

{# Types that this project does not use were chosen by hand, and stay. #}
{% macro stored_type_differs(present, data_type) -%}
    {%- set known = ['bigint', 'blob', 'boolean', 'date', 'decimal', 'double', 'integer', 'json', 'time', 'timestamp', 'uuid', 'varchar'] -%}
    {%- set synonyms = {} -%}
    {%- set found = present.data_type if present.is_numeric() else present.dtype -%}
    {%- set found = found | lower | replace(' ', '') -%}
    {%- set found = synonyms.get(found, found) -%}
    {%- set asked = data_type | lower | replace(' ', '') -%}
    {%- do return(
        found != asked
        and found.split('(')[0] in known
        and asked.split('(')[0] in known
    ) -%}
{%- endmacro %}

{#
    Where each value is the same in the new type the column is altered. Else the
    old one stays beside it, under its name and type.
#}
{% macro retype_stored_column(
    stored, wanted, present, name, data_type, updates
) -%}
    {%- set before = present.quoted -%}
    {%- set old_type = present.data_type if present.is_numeric() else present.dtype -%}
    {%- set found = run_query(stored_values_query(stored, before, old_type, data_type)) -%}
    {%- set unfit = found.rows[0][0] | int -%}
    {%- set changed = found.rows[0][1] | int -%}
    {%- set readers = found.rows[0][2] | int -%}
    {%- if unfit > 0 -%}
        {{ exceptions.raise_compiler_error(
            wanted ~ '.' ~ present.name ~ ' becomes ' ~ data_type ~ ', which '
            ~ unfit ~ ' stored values are not. Nothing was changed. Correct them,'
            ~ ' or give the new column another name: the old one then stays.'
        ) }}
    {%- elif changed == 0 and readers == 0 -%}
        alter table {{ wanted }} alter column {{ name }} type {{ data_type }}
        using try_cast({{ name }} as {{ data_type }});
    {%- else -%}
        {%- set kept = adapter.quote(
            present.name ~ '_as_' ~ old_type.split('(')[0] | lower | replace(' ', '_')
        ) -%}
        alter table {{ wanted }} rename column {{ name }} to {{ kept }};
        alter table {{ wanted }} add column {{ name }} {{ data_type }};
        {%- set cast_kept -%} try_cast({{ kept }} as {{ data_type }}) {%- endset -%}
        {%- do updates.append(
            'update ' ~ wanted ~ ' set ' ~ name ~ ' = ' ~ cast_kept ~ ';'
        ) -%}
    {%- endif -%}
    {%- do log(
        'Changing ' ~ wanted ~ '.' ~ present.name ~ ' from ' ~ old_type ~ ' to '
        ~ data_type,
        info=true
    ) -%}
{%- endmacro %}

{# How many values do not fit a type, how many it changes, and how many views read them. #}
{% macro stored_values_query(stored, column, old_type, data_type) -%}
    select
        count(case when value is not null and fitted is null then 1 end) as unfit,
        count(
            case when cast(fitted as {{ old_type }}) is distinct from value then 1 end
        ) as changed,
        0 as readers
    from (
        select
            {{ column }} as value,
            try_cast({{ column }} as {{ data_type }}) as fitted
        from {{ stored }}
    ) as stored_values
{%- endmacro %}
