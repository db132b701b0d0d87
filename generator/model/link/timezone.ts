import { didYouMean, nearest } from "../../diagnostics/suggest.ts";

/**
 * What is wrong with the name of a time zone, or null. The IANA list changes several times a year and differs between
 * machines, so only the form is checked: `UTC`, or a known area with a place. Warehouse and Airflow know the places.
 */
export function timezoneProblem(zone: string): { readonly suggestion: string } | null {
  if (zone === "UTC" || zone === "GMT") return null;
  const [area = "", ...places] = zone.split("/");
  if (!areas.includes(area)) {
    const meant = places.length > 0 ? nearest(area, areas) : undefined;
    return { suggestion: meant === undefined ? didYouMean(zone, ["UTC"]) : `did you mean '${[meant, ...places].join("/")}'? ` };
  }
  const proper = places.length >= 1 && places.length <= 2 && places.every((one) => /^[A-Z][A-Za-z_]*(-[A-Za-z_]+)*[A-Za-z]$|^GMT([+-][0-9]{1,2})?$|^UTC$/.test(one));
  const capital = zone.replace(/[^/_-]+/g, (word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`);
  return proper ? null : { suggestion: capital !== zone && timezoneProblem(capital) === null ? `did you mean '${capital}'? ` : "" };
}

const areas: readonly string[] = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe", "Indian", "Pacific"];
