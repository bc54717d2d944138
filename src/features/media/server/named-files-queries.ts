/**
 * For backups: every file that a message or an upload names, as a statement without parameters that gives its key, its
 * SHA-256 in hex and its size. Bytes that are still being written or deleted are named by nobody.
 */
export const namedFilesQuery = `
  select f.workspace_id || '/' || left(f.hex, 2) || '/' || f.hex, f.hex, f.size_bytes
    from (select f.workspace_id, encode(f.sha256, 'hex') as hex, f.size_bytes from stored_file f
           where exists (select 1 from message_media x where x.workspace_id = f.workspace_id and x.sha256 = f.sha256)
              or exists (select 1 from message_media x where x.workspace_id = f.workspace_id and x.thumbnail_sha256 = f.sha256)
              or exists (select 1 from upload x where x.workspace_id = f.workspace_id and x.sha256 = f.sha256)
              or exists (select 1 from upload x where x.workspace_id = f.workspace_id and x.thumbnail_sha256 = f.sha256)) f`;
