{% macro pii_salt() -%}
    {%- set salt = env_var('PII_SALT', '') -%}
    {%- if execute and salt == '' and target.name == 'prod' -%}
        {{ exceptions.raise_compiler_error(
            "Set the environment variable PII_SALT: without it, hashes of"
            ~ " personal data can be reversed by trying all values."
        ) }}
    {%- endif -%}
    {{ dbt.escape_single_quotes(salt) }}
{%- endmacro %}
