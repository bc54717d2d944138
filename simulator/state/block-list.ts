export interface BlockedUser {
  readonly personId: string;
  readonly since: number;
}

/** WhatsApp's own list of one business number; every change makes open cursors stale. */
export class BlockList {
  #users = new Map<string, BlockedUser>();
  #version = 1;

  get size(): number {
    return this.#users.size;
  }

  get version(): number {
    return this.#version;
  }

  has(personId: string): boolean {
    return this.#users.has(personId);
  }

  add(personId: string): void {
    if (this.#users.has(personId)) return;
    this.#users.set(personId, { personId, since: Date.now() });
    this.#version += 1;
  }

  remove(personId: string): void {
    if (this.#users.delete(personId)) this.#version += 1;
  }

  clear(): void {
    if (this.#users.size > 0) this.#version += 1;
    this.#users.clear();
  }

  page(offset: number, limit: number): BlockedUser[] {
    return [...this.#users.values()].slice(offset, offset + limit);
  }
}
