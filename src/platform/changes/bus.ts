import { type Change, type Listener, roomsOf } from "./change.js";

/** Who on this node wants to hear of which room. Calls are synchronous and must only put the change aside. */
export class Bus {
  readonly #rooms = new Map<string, Set<Listener>>();

  follow(rooms: string[], listener: Listener): () => void {
    for (const room of rooms) {
      const listeners = this.#rooms.get(room) ?? new Set();
      this.#rooms.set(room, listeners.add(listener));
    }
    return () => this.#leave(rooms, listener);
  }

  publish(change: Change): void {
    const heard = new Set<Listener>();
    for (const room of roomsOf(change)) for (const listener of this.#rooms.get(room) ?? []) heard.add(listener);
    for (const listener of heard) listener(change);
  }

  #leave(rooms: string[], listener: Listener): void {
    for (const room of rooms) {
      const listeners = this.#rooms.get(room);
      listeners?.delete(listener);
      if (listeners?.size === 0) this.#rooms.delete(room);
    }
  }
}
