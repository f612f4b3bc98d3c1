import { Command, Option } from "commander";

export interface TourOptions {
  url?: string;
  adminKey?: string;
  memberKey?: string;
  readOnlyKey?: string;
  spaceId?: string;
  organizationId?: string;
}

/** `axlab tour`: the whole flow through the public SDK. Exit code 0 only when every step proved itself. */
export function tourCommand(): Command {
  return new Command("tour")
    .description("Carry one real run through every module of the SDK, on a platform of its own or on --url")
    .addOption(
      new Option(
        "--url <url>",
        "a running platform; needs all of the flags below. Its member is removed from the account!",
      ).env("AXLAB_TOUR_URL"),
    )
    .addOption(new Option("--admin-key <key>", "user key of an account admin").env("AXLAB_TOUR_ADMIN_KEY"))
    .addOption(
      new Option("--member-key <key>", "user key of a space member, whom the last step removes").env(
        "AXLAB_TOUR_MEMBER_KEY",
      ),
    )
    .addOption(new Option("--read-only-key <key>", "user key of a space reader").env("AXLAB_TOUR_READ_ONLY_KEY"))
    .addOption(new Option("--space-id <id>", "the space to work in").env("AXLAB_TOUR_SPACE_ID"))
    .addOption(new Option("--organization-id <id>", "the organization it lies in").env("AXLAB_TOUR_ORGANIZATION_ID"))
    .action(async (options: TourOptions) => (await import("./tour.js")).runTour(options));
}
