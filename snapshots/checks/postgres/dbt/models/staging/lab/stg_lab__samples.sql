with

source as (

    select * from {{ source('lab', 'samples') }}

),

renamed as (

    select
        cast(sample_id as integer) as sample_id,
        cast("Code" as text) as code,
        cast(state as text) as state,
        cast(grade as integer) as grade,
        cast(sealed as boolean) as sealed,
        cast(taken_on as date) as taken_on,
        cast(weight as numeric(10, 2)) as weight,
        {{ strict_timestamp("measured_at") }} as measured_at,
        cast(reading as double precision) as reading,
        cast(person_id as integer) as person_id,
        cast(low as integer) as low,
        cast(high as integer) as high,
        {{ try_integer("dose") }} as dose,
        cast(rack as text) as rack,
        cast(slot as integer) as slot,
        cast(batch_id as integer) as batch_id,
        cast(batch_no as integer) as batch_no,
        {{ strict_timestamp("loaded_at") }} as loaded_at
    from source

)

select * from renamed
