/** A moment to the second, in UTC, as logs have it. */
export function momentText(moment: Date | undefined): string {
  return moment === undefined ? '' : `${moment.toISOString().slice(0, 19)}Z`;
}

/** How long it is from one moment to another, in its largest unit: `3 min`. */
export function spanText(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
