/** A place in the hierarchy at which access is decided. What lies in a space (a dataset, a key, a monitor) is decided on its space. */
export type ResourceRef = AccountRef | OrganizationRef | SpaceRef | ProjectRef;

export interface AccountRef {
  readonly type: "account";
  readonly accountId: string;
}

export interface OrganizationRef {
  readonly type: "organization";
  readonly accountId: string;
  readonly organizationId: string;
}

export interface SpaceRef {
  readonly type: "space";
  readonly accountId: string;
  readonly organizationId: string;
  readonly spaceId: string;
  /** private: an organization role that is not admin gives nothing in it */
  readonly isPrivate: boolean;
}

export interface ProjectRef {
  readonly type: "project";
  readonly accountId: string;
  readonly organizationId: string;
  readonly spaceId: string;
  readonly isPrivate: boolean;
  readonly projectId: string;
  /** restricted: only admins and bindings on the project itself reach it */
  readonly isRestricted: boolean;
}

/** The id of the resource itself, as people know it from the API. */
export function resourceId(resource: ResourceRef): string {
  switch (resource.type) {
    case "account":
      return resource.accountId;
    case "organization":
      return resource.organizationId;
    case "space":
      return resource.spaceId;
    case "project":
      return resource.projectId;
  }
}
