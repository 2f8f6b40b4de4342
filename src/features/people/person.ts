import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";

/** Somebody with an account. Contact data are sealed; a person is found by the keyed hash of the address. */
@Entity("people")
export class Person {
  @PrimaryColumn("uuid") id!: string;
  @Column("bytea", { unique: true }) emailHash!: Buffer;
  @Column("bytea") emailSealed!: Buffer;
  @Column("timestamptz") createdAt!: Date;
}

/** The sign-in code that is valid for an address, and how often one was asked for. */
@Entity("sign_in_codes")
export class SignInCode {
  @PrimaryColumn("bytea") emailHash!: Buffer;
  @Column("bytea") codeHash!: Buffer;
  @Column("int") tries!: number;
  @Column("timestamptz") expiresAt!: Date;
  @Column("int") requests!: number;
  @Column("timestamptz") firstRequestedAt!: Date;
}

/** A signed-in device: its token is kept as a hash only. */
@Entity("sessions")
export class Session {
  @PrimaryColumn("uuid") id!: string;
  @Column("bytea", { unique: true }) tokenHash!: Buffer;
  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;
  @Column("timestamptz") createdAt!: Date;
  @Column("timestamptz") expiresAt!: Date;
}

/** Staff of the whole site: they say which organizations are who they say they are. */
@Entity("site_staff")
export class SiteStaff {
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;
}

/** The signed-in person, as only that person sees it. */
@ObjectType("Viewer", { description: "You: what only you see of your account." })
export class ViewerAccount {
  @Field({ description: "The address that you sign in with." })
  email!: string;
}
