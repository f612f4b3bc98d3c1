import type {
  CreateUserRequest,
  CreateUserResponse,
  InviteMode,
  UpdateUserRequest,
  User,
  UserStatus,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { Paged, type ListOptions } from "../pagination/index.js";
import { userId } from "../resolve/index.js";
import { Secret } from "../secret.js";
import type { CallOptions } from "../transport/types.js";
import { assignment, type AccountRoleInput } from "./inputs.js";

export interface ListUsers extends ListOptions {
  /** Part of the e-mail address, in any case. */
  readonly email?: string | undefined;
  /** Default: all. */
  readonly status?: readonly UserStatus[] | undefined;
}

export interface CreateUser extends Omit<CreateUserRequest, "role"> {
  readonly role: AccountRoleInput;
}

/** A user as created. `invite_mode` is absent when the same invitation existed already. */
export interface CreatedUser extends Omit<CreateUserResponse, "temporary_password" | "invite_mode"> {
  readonly invite_mode?: InviteMode | undefined;
  /** Shown here once, with `invite_mode` TEMPORARY_PASSWORD. */
  readonly temporary_password?: Secret;
}

/** People of the account (`spec/rest.md` §3.3). A user is given by id or e-mail address. */
export class Users {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Oldest first. */
  list({ email, status, limit, cursor }: ListUsers = {}, options: CallOptions = {}): Paged<User> {
    return new Paged(async (at) => {
      const page = await this.#context.rest.get("/v2/users", {
        query: { email, status: status && [...status], limit, cursor: at },
        ...options,
      });
      return { items: page.users, pagination: page.pagination };
    }, cursor);
  }

  async get(user: string, options: CallOptions = {}): Promise<User> {
    const user_id = await userId(this.#context, user, options);
    return this.#context.rest.get("/v2/users/{user_id}", { path: { user_id }, ...options });
  }

  /** @throws ConflictError when the e-mail address belongs to an active or blocked user */
  async create(user: CreateUser, options: CallOptions = {}): Promise<CreatedUser> {
    const role = await assignment(this.#context, user.role, options);
    const created = await this.#context.rest.post("/v2/users", { body: { ...user, role }, ...options });
    const { temporary_password, ...rest } = created;
    return {
      ...rest,
      ...(temporary_password === undefined ? {} : { temporary_password: new Secret(temporary_password, "***") }),
    };
  }

  async update(user: string, changes: UpdateUserRequest, options: CallOptions = {}): Promise<User> {
    const user_id = await userId(this.#context, user, options);
    return this.#context.rest.patch("/v2/users/{user_id}", { path: { user_id }, body: changes, ...options });
  }

  /** Removes the user with memberships, role bindings and user keys; service keys they made keep working. Cannot be undone. */
  async delete(user: string, options: CallOptions = {}): Promise<void> {
    const user_id = await userId(this.#context, user, options);
    await this.#context.rest.delete("/v2/users/{user_id}", { path: { user_id }, ...options });
  }

  async resendInvitation(user: string, options: CallOptions = {}): Promise<void> {
    const user_id = await userId(this.#context, user, options);
    await this.#context.rest.post("/v2/users/{user_id}/resend-invitation", { path: { user_id }, ...options });
  }

  /** Sends a link that is good for 30 minutes. */
  async resetPassword(user: string, options: CallOptions = {}): Promise<void> {
    const user_id = await userId(this.#context, user, options);
    await this.#context.rest.post("/v2/users/{user_id}/reset-password", { path: { user_id }, ...options });
  }
}
