import type { Attribute, DimensionColumn, EntityDimension } from "./dimension.ts";

/** The attributes that the rows of a dimension hold: all but the columns that Types 3 and 6 add. */
export function rowAttributes(dimension: EntityDimension): readonly Attribute[] {
  return dimension.attributes.filter((one) => one.companion === null);
}

/** What tells one row of a dimension from another: the natural key, or in a mini-dimension or junk dimension the values themselves. */
export function keyParts(dimension: EntityDimension): readonly DimensionColumn[] {
  return dimension.naturalKey.length > 0 ? dimension.naturalKey : dimension.attributes;
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
