int gatehouseMain(int argc, char** argv);

int main(int argc, char** argv)
{
    return gatehouseMain(argc, argv);
}
