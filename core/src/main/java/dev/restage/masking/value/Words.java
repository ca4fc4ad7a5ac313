package dev.restage.masking.value;

import java.util.List;

/** Words for invented people and texts. No person is called so: nobody takes a masked name for a real one. */
final class Words {

    static final List<String> FIRST_NAMES = List.of(
            "Agile Airy Ample Azure Balmy Beige Blithe Bold Bouncy Brisk Calm Candid Cheery Chilly Cosy Crisp Dapper Dainty"
                    .concat(
                            " Deft Eager Earnest Fabled Fleet Fluffy Fond Frosty Gentle Giddy Glossy Humble Jaunty Jolly")
                    .concat(
                            " Keen Kindly Limber Lively Lofty Lucid Mellow Merry Mighty Misty Modest Nimble Patient Peppy")
                    .concat(
                            " Placid Plucky Polite Proud Quiet Rapid Rosy Rustic Silent Snug Spry Steady Sunny Tidy Upbeat")
                    .concat(" Velvet Witty Zesty")
                    .split(" "));

    static final List<String> LAST_NAMES = List.of(
            "Aardvark Albatross Alpaca Anteater Armadillo Axolotl Badger Barnacle Bumblebee Capybara Chameleon Chinchilla"
                    .concat(" Cockatoo Cormorant Cuttlefish Dormouse Dragonfly Dugong Echidna Firefly Flamingo Gazelle")
                    .concat(
                            " Gecko Grasshopper Guillemot Hamster Hedgehog Hornbill Iguana Jellyfish Kingfisher Kookaburra")
                    .concat(" Ladybird Lemming Lobster Magpie Manatee Marmoset Meerkat Mongoose Narwhal Ocelot Octopus")
                    .concat(
                            " Okapi Orangutan Ostrich Pangolin Pelican Penguin Platypus Porcupine Puffin Quokka Raccoon")
                    .concat(" Salamander Seahorse Squirrel Starfish Stingray Tapir Tortoise Wallaby Wombat Woodpecker")
                    .split(" "));

    private static final List<String> LOREM = List.of(
            "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore"
                    .concat(
                            " magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea")
                    .concat(
                            " commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum fugiat nulla")
                    .concat(
                            " pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit")
                    .split(" "));

    static final List<String> COUNTRIES = List.of("Iceland", "Malta", "Nauru", "Palau", "Samoa", "Tonga", "Tuvalu");

    static final List<String> COUNTRY_CODES = List.of("IS", "MT", "NR", "PW", "WS", "TO", "TV");

    private Words() {}

    static String pick(List<String> words, long number) {
        return words.get((int) (number % words.size()));
    }

    /** A text of at most the given length; the number chooses where it starts. */
    static String lorem(long number, int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (long i = number; text.length() < length; i = (i + 1) & Long.MAX_VALUE) {
            text.append(text.isEmpty() ? "" : " ").append(pick(LOREM, i));
        }
        return text.substring(0, length).strip();
    }
}
