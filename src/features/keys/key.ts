import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Node } from "../../platform/graphql/node.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";

/** Somebody's key: it reads what everybody may read, only more of it. Its secret is kept as a hash. */
@Entity("api_keys")
@Check("api_keys_name_check", "length(name) BETWEEN 1 AND 60")
@ObjectType({
  description:
    "A key of yours for a program that reads more than the anonymous rate allows. It reads what everybody may read, and does nothing else. Seen by you alone.",
  implements: Node,
})
export class ApiKey {
  @PrimaryColumn("uuid") id!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Column("bytea", { unique: true }) secretHash!: Buffer;

  @Field({ description: "What you called it: 1 to 60 characters." })
  @Column("text")
  name!: string;

  @Field({ description: "The last 4 characters of its secret, to tell your keys apart." })
  @Column("text")
  ending!: string;

  @Field(() => DateTime, { description: "When it was made." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The last day (in UTC) on which it was used; no time is kept. Null while it never was.",
  })
  @Column("date", { nullable: true })
  lastUsedOn!: string | null;

  @Field(() => DateTime, { nullable: true, description: "From then on it is refused; null: until it is revoked." })
  @Column("timestamptz", { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Since when it is refused; null: it was not revoked." })
  @Column("timestamptz", { nullable: true })
  revokedAt!: Date | null;
}
