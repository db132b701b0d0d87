/** Rows as they arrive: products late and out of order, a corrected line, lines before their product, a deleted product, a repeated batch. */
const lines = "insert into raw_shop.order_lines values ";
const products = "insert into raw_shop.products values ";
const visits = "insert into raw_shop.visits values ";
const clicks = "insert into raw_shop.clicks values ";
const payments = "insert into raw_shop.payments values ";

/** The raw tables of fixtures/loads, empty. */
export const start: readonly string[] = [
  "create schema raw_shop",
  "create table raw_shop.order_lines (change_id integer, order_id integer, line_number integer, ordered_at timestamp, product_id integer, quantity integer)",
  "create table raw_shop.products (change_id integer, changed_at timestamp, op varchar(1), product_id integer, price decimal(10, 2))",
  "create table raw_shop.visits (visit_id integer, visited_on date, pages integer)",
  "create table raw_shop.clicks (click_id integer, clicked_on date, seconds integer, loaded_at timestamp)",
  "create table raw_shop.payments (payment_id integer, paid_on date, product_id integer, amount decimal(10, 2))",
];

/** What arrives before each run. Payments are changed in place, so they come in one order only. */
export const batches: readonly { readonly lines: readonly string[]; readonly payments: readonly string[]; readonly clicks: readonly string[] }[] = [
  {
    lines: [
      `${products}(1, '2026-03-01 08:00', 'I', 1, 10), (2, '2026-03-03 08:00', 'U', 1, 12)`,
      `${lines}(1, 1, 1, '2026-03-02 10:00', 1, 1), (2, 1, 2, '2026-03-02 10:00', 2, 2), (3, 2, 1, '2026-03-03 08:00', 1, 3), (4, 3, 1, '2026-03-04 08:00', null, 1)`,
      `${visits}(1, '2026-03-02', 4), (2, null, 1), (3, '2030-01-01', 2)`,
    ],
    payments: [`${payments}(1, '2026-03-02', 1, 100), (2, '2026-03-02', 2, 50), (3, '2026-03-03', 1, 30), (4, '2026-03-03', null, 35), (5, '2026-03-04', 1, null)`],
    clicks: [`${clicks}(1, '2026-03-01', 10, '2026-03-02 01:00'), (2, '2026-03-01', 20, '2026-03-02 01:00')`],
  },
  {
    /** The member of line 1/2 arrives, and a version that splits the first one; line 2/1 is corrected, a line comes with a value missing. */
    lines: [
      `${products}(3, '2026-03-01 09:00', 'I', 2, 7), (4, '2026-03-02 09:00', 'U', 1, 11)`,
      `${lines}(5, 2, 1, '2026-03-03 08:00', 1, 4), (6, 4, 1, '2026-02-01 00:00', 1, null)`,
    ],
    /** An amount is corrected, a payment moves to another day, two are deleted. */
    payments: [
      "update raw_shop.payments set amount = 120 where payment_id = 1",
      "update raw_shop.payments set paid_on = '2026-03-05', amount = 60 where payment_id = 5",
      "delete from raw_shop.payments where payment_id in (3, 4)",
    ],
    clicks: [`${clicks}(3, '2026-03-04', 30, '2026-03-05 01:00'), (1, '2026-03-01', 11, '2026-03-05 01:00')`],
  },
  {
    /** A product that had a gap before it, a deletion before lines that are there, a line whose product is corrected to none. */
    lines: [
      `${products}(5, '2026-03-03 07:00', 'D', 1, null), (6, '2026-01-31 00:00', 'I', 1, 9)`,
      `${lines}(7, 1, 2, '2026-03-02 10:00', null, 2), (8, 4, 1, '2026-02-01 00:00', 1, 5)`,
      `${visits}(4, '2026-02-01', 9)`,
    ],
    /** A deleted payment is back; of another nothing but the amount is corrected. */
    payments: [`${payments}(4, '2026-03-03', null, 35)`, "update raw_shop.payments set amount = 55 where payment_id = 2"],
    /** One is late, but within two days of the latest. */
    clicks: [`${clicks}(4, '2026-03-03', 40, '2026-03-03 02:00'), (5, null, 50, '2026-03-06 01:00')`],
  },
];

/** Payments that are marked deleted after the last batch, and when a run first missed them: after the second batch, on the midnight of its day. */
export const deletedPayments: readonly string[] = ["3 2026-03-04"];

/** A click that comes more than two days after others, and a correction that does. */
export const lateClicks: readonly string[] = [`${clicks}(6, '2026-03-03', 60, '2026-03-04 00:59'), (2, '2026-03-01', 21, '2026-03-03 00:00')`];
