export interface Point {
  latitude: number;
  longitude: number;
}

/** "-23.5505, -46.6333", as maps show it; a decimal comma too, when a semicolon or a space stands between the two. */
export function readPoint(typed: string): Point | null {
  const text = typed.trim();
  const parts =
    /^(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)$/.exec(text) ??
    /^(-?\d+(?:,\d+)?)\s*[;\s]\s*(-?\d+(?:,\d+)?)$/.exec(text);
  if (!parts) return null;
  const [latitude, longitude] = [parts[1], parts[2]].map((part) =>
    Number((part ?? '').replace(',', '.')),
  );
  if (latitude === undefined || longitude === undefined) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
