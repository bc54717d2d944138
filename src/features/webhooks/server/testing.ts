/** The makers that tests of other features may use. */
export { type Received, type Receiver, startReceiver } from './testing/receiver.ts';
export { eventsOf, listenToAll } from './testing/told.ts';
