import type { RemovalReason } from '../contract.ts';

const inOrder = {
  sexual: true,
  offense: true,
  discrimination: true,
  'personal-data': true,
  fraud: true,
  other: true,
} as const satisfies Record<RemovalReason, true>;

/** In the order they are offered. The compiler compares them with the contract's. */
export const removalReasons = Object.keys(inOrder) as readonly RemovalReason[];
