import dns, { type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

/** All of IPv6 that is given out to be reached from anywhere; what lies outside can hide an address of version 4. */
const global6 = ipaddr.IPv6.parseCIDR("2000::/3");

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((those) => (those ?? []).map(({ address }) => address));

/** Whether an address is of the public internet: of no private network, of nothing special, and not this machine's own. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // One of version 4 that is written as one of version 6 is judged as what it is.
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  if (address instanceof ipaddr.IPv6 && !address.match(global6)) return false;
  return !ownAddresses().includes(address.toString());
}

/** A name has no address, or not only public ones: which of the two is not said, for it would tell of the network here. */
export class NotPublic extends Error {
  constructor() {
    super("There is no public address of this name.");
  }
}

type Done = (error: Error | null, addresses: LookupAddress[]) => void;

/** A look-up takes one of the four threads that also compress answers, for as long as somebody's name server likes. */
const lookupsAtOnce = 2;
const waiting: (() => void)[] = [];
let underWay = 0;

function beginNext(): void {
  while (underWay < lookupsAtOnce && waiting.length > 0) {
    underWay++;
    waiting.shift()!();
  }
}

/** The addresses of a name, all of them public. */
function lookUp(hostname: string, options: dns.LookupOptions, done: Done): void {
  if (isIP(hostname)) return done(isPublicAddress(hostname) ? null : new NotPublic(), []);
  waiting.push(() =>
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      underWay--;
      beginNext();
      const right = !error && addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
      done(right ? null : new NotPublic(), right ? addresses : []);
    }),
  );
  beginNext();
}

/**
 * Looks a name up for a connection, which is then made to what was found and judged here: a name that leads elsewhere
 * the next time it is asked for changes nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) =>
  lookUp(hostname, options, (error, addresses) => {
    const [first] = addresses;
    if (error || !first) callback(error ?? new NotPublic(), "", 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });

/** Whether a name has public addresses now, and no others. */
export const isPublicHost = (hostname: string): Promise<boolean> =>
  new Promise((resolve) => lookUp(hostname, {}, (error) => resolve(error === null)));
