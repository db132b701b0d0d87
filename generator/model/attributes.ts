import type { Attribute, EntityDimension } from "./dimension.ts";

/** The attributes that the rows of a dimension hold: all but the columns that Types 3 and 6 add. */
export function rowAttributes(dimension: EntityDimension): readonly Attribute[] {
  return dimension.attributes.filter((one) => one.companion === null);
}

/** The attributes whose changes cut versions. */
export function trackedAttributes(dimension: EntityDimension): readonly Attribute[] {
  return dimension.attributes.filter(isTracked);
}

/** The attributes that all versions of a member share. */
export function sharedAttributes(dimension: EntityDimension): readonly Attribute[] {
  return dimension.attributes.filter((one) => !isTracked(one));
}

/** Whether changes of an attribute cut versions. */
export function isTracked({ scdType, companion }: Attribute): boolean {
  return companion === null && (scdType === 2 || scdType === 6);
}
