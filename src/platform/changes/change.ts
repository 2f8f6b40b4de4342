/** A fact to be added to the log when its transaction commits. */
export interface NewChange {
  /** What sort of thing changed: the room of all its changes; with a scope that of some, as `turnout:<campaign>`. */
  topic: string;
  /** What happened to it. */
  kind: string;
  subjectId: string;
  /** Ids of the things whose followers want to know. */
  scopes: string[];
}

/** A committed fact: ids only; whoever reads it looks up the present, and the right to see it. */
export interface Change extends NewChange {
  position: string;
}

/** Called for each change; must only put it aside. */
export type Listener = (change: Change) => void;

/** The log as features and requests see it. */
export interface ChangeLog {
  /** Everything at or before this position has been handed to this node's readers. */
  position(): string;
  /** A change was committed; a hint, polling is the safety. */
  wake(): void;
  /** Calls the listener for each settled change of the rooms, in order, until the returned function is called. */
  follow(rooms: string[], listener: Listener): () => void;
}

export const room = (topic: string, scope: string): string => `${topic}:${scope}`;

export const roomsOf = ({ topic, scopes }: Change): string[] => [topic, ...scopes.map((scope) => room(topic, scope))];

/** Unread changes of one thing say no more than the latest of them: messages are ids, the present is read for each. */
export const about = (change: Change): string => room(change.topic, change.subjectId);
