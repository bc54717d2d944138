import type { Bucket, Kept } from './bucket-of-versions.ts';

/** Small, so that whoever lists meets a second page. */
const pageSize = 2;

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const tokenOf = (key: string): string => Buffer.from(`t:${key}`).toString('base64');
const keyOf = (token: string): string => Buffer.from(token, 'base64').toString().slice(2);

const keysFrom = (bucket: Bucket, query: URLSearchParams, after: string): string[] =>
  [...bucket.objects.keys()]
    .sort()
    .filter((key) => key > after && key.startsWith(query.get('prefix') ?? ''));

const result = (root: string, ...parts: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix/>${parts.join('')}</${root}>`;

const item = (root: string, key: string, { id, at, bytes }: Kept, isLatest?: boolean): string =>
  [
    `<${root}><Key>${escapeXml(key)}</Key>`,
    isLatest === undefined ? '' : `<VersionId>${id}</VersionId><IsLatest>${isLatest}</IsLatest>`,
    `<LastModified>${at.toISOString()}</LastModified><ETag>&quot;0&quot;</ETag>`,
    `<Size>${bytes?.byteLength ?? 0}</Size><Owner><ID>o</ID><DisplayName>o</DisplayName></Owner></${root}>`,
  ].join('');

/** ListObjectsV2. */
export const listObjects = (bucket: Bucket, query: URLSearchParams): string => {
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : keyOf(token);
  const found = keysFrom(bucket, query, after).flatMap((key) => {
    const kept = bucket.current(key);
    return kept?.bytes === undefined ? [] : [{ key, kept }];
  });
  const page = found.slice(0, pageSize);
  const next = found.length > pageSize ? page.at(-1)?.key : undefined;
  return result(
    'ListBucketResult',
    `<IsTruncated>${next !== undefined}</IsTruncated>`,
    next === undefined ? '' : `<NextContinuationToken>${tokenOf(next)}</NextContinuationToken>`,
    ...page.map(({ key, kept }) => item('Contents', key, kept)),
  );
};

/** ListObjectVersions, which goes on behind a key and a version of it. */
export const listVersions = (bucket: Bucket, query: URLSearchParams): string => {
  const marker = query.get('key-marker') ?? '';
  const behind = query.get('version-id-marker');
  const all = keysFrom(bucket, query, '').flatMap((key) =>
    (bucket.objects.get(key) ?? []).map((kept, index) => ({ key, kept, isLatest: index === 0 })),
  );
  const at = all.findIndex(({ key, kept }) => key === marker && kept.id === behind);
  const rest = marker === '' ? all : all.slice(at + 1);
  const page = rest.slice(0, pageSize);
  const last = rest.length > pageSize ? page.at(-1) : undefined;
  return result(
    'ListVersionsResult',
    `<IsTruncated>${last !== undefined}</IsTruncated>`,
    last === undefined
      ? ''
      : `<NextKeyMarker>${escapeXml(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.kept.id}</NextVersionIdMarker>`,
    ...page.map(({ key, kept, isLatest }) =>
      item(kept.bytes === undefined ? 'DeleteMarker' : 'Version', key, kept, isLatest),
    ),
  );
};
