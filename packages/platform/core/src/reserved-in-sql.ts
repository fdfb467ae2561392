/** PostgreSQL's reserved words (SQL Key Words, appendix C of its manual), of which none can name a schema without quotes. */
const RESERVED = words(`
  all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
  current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
  leading limit localtime localtimestamp not null offset on only or order placing primary references returning
  select session_user some symmetric system_user table then to trailing true union unique user using variadic when
  where window with
`);

/** Those that are "reserved (can be function or type)": they cannot name a schema either. */
const RESERVED_BUT_FOR_FUNCTIONS_AND_TYPES = words(`
  authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left
  like natural notnull outer overlaps right similar tablesample verbose
`);

/** Whether PostgreSQL would take `name`, in lower case, for a word of its own where a schema stands. */
export function isReservedInSql(name: string): boolean {
  return RESERVED.has(name) || RESERVED_BUT_FOR_FUNCTIONS_AND_TYPES.has(name);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
