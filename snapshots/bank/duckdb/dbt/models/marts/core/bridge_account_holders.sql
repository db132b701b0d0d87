with

account_holders as (

    select * from {{ ref('stg_bank__account_holders') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

groups as (

    select distinct
        account_durable_key,
        account_id
    from account

),

ranked as (

    select
        customer_key,
        customer_id,
        row_number() over (
            partition by customer_durable_key
            order by valid_from desc
        ) as row_rank
    from customer

),

latest as (

    select
        customer_key,
        customer_id
    from ranked
    where row_rank = 1

),

memberships as (

    select
        account_id as group_account_id,
        customer_id as member_customer_id,
        cast(share_percent / 100 as double) as weight
    from account_holders
    where
        account_id is not null
        and customer_id is not null

),

shared as (

    select
        groups.account_durable_key,
        case
            when groups.account_durable_key = '-2' then '-2'
            else coalesce(latest.customer_key, '-1')
        end as customer_key,
        case
            when memberships.group_account_id is null then cast(1 as double)
            else memberships.weight
        end as weighting_factor
    from groups
    left join memberships
        on groups.account_id = memberships.group_account_id
    left join latest
        on memberships.member_customer_id = latest.customer_id

),

final as (

    select
        account_durable_key,
        customer_key,
        sum(weighting_factor) as weighting_factor
    from shared
    group by 1, 2

)

select * from final
