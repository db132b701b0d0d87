/** Whether tests take all of their many cases: `npm test` sets the variable; without it they take a few, within seconds. */
export const thorough = process.env["THOROUGH"] === "1";
