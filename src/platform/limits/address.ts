import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

const networkBytes = 8;

/** What a caller is counted by: an IPv4 address, or the /64 of an IPv6 one, which one household or phone has to itself. */
export function networkOf(address: string): string {
  if (isIPv4(address) || !isIPv6(address)) return address;
  const parsed = ipaddr.process(address);
  // Behind NAT64 (RFC 6052) one network is the whole of IPv4.
  if (parsed.kind() === "ipv4" || parsed.range() === "rfc6052") return parsed.toString();
  return `${Buffer.from(parsed.toByteArray().slice(0, networkBytes)).toString("hex")}::/64`;
}
